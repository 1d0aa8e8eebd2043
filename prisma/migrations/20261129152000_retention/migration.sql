-- rewrites: the apps that registered themselves, which count as used
-- AlterTable
ALTER TABLE "client" ADD COLUMN     "used_at" TIMESTAMPTZ;

-- What apps were given before is no longer known: those that are there count as used, so that none of them is removed.
UPDATE "client" SET "used_at" = "created_at" WHERE "dynamic";

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);
