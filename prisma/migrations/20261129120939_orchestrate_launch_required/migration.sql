-- AlterTable
ALTER TABLE "sandbox" ALTER COLUMN "orchestrate_scope" SET DEFAULT true;
