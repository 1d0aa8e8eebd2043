-- CreateEnum
CREATE TYPE "registration" AS ENUM ('off', 'token', 'open');

-- AlterTable
ALTER TABLE "client" ADD COLUMN "access_token_lifetime" INTEGER,
ADD COLUMN "dynamic" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "metadata" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "origins" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "refresh_token_lifetime" INTEGER;

-- AlterTable
ALTER TABLE "grant_context" ADD COLUMN "last_used_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "sandbox" ADD COLUMN "brand" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "registration" "registration" NOT NULL DEFAULT 'off',
ADD COLUMN "settings_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- DropTable
DROP TABLE "sign_in_attempt";

-- CreateTable
CREATE TABLE "failed_attempt" (
    "subject" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_started_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "failed_attempt_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "consent" (
    "sandbox_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "allowed" TEXT[],
    "declined" TEXT[],
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("sandbox_id","user_id","client_id")
);

-- CreateIndex
CREATE INDEX "failed_attempt_window_started_at_idx" ON "failed_attempt"("window_started_at");

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_sandbox_id_client_id_fkey" FOREIGN KEY ("sandbox_id", "client_id") REFERENCES "client"("sandbox_id", "client_id") ON DELETE CASCADE ON UPDATE CASCADE;
