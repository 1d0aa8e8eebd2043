-- DropForeignKey
ALTER TABLE "audit_event" DROP CONSTRAINT "audit_event_sandbox_id_fkey";

-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "address" TEXT,
ADD COLUMN     "repeated" INTEGER NOT NULL DEFAULT 1;
