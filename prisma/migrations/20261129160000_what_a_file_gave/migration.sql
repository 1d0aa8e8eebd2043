-- AlterTable
ALTER TABLE "sandbox" ADD COLUMN     "given" JSONB;
