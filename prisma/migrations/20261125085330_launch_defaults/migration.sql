-- AlterTable
ALTER TABLE "client" ADD COLUMN "launch_defaults" JSONB NOT NULL DEFAULT '{}';
