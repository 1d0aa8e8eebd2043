-- AlterTable
ALTER TABLE "user" ADD COLUMN     "must_change_password" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "ehr_session" (
    "id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signed_in_at" TIMESTAMPTZ NOT NULL,
    "last_used_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "browser" TEXT NOT NULL,
    "address" TEXT,

    CONSTRAINT "ehr_session_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ehr_session_secret_hash_key" ON "ehr_session"("secret_hash");

-- CreateIndex
CREATE INDEX "ehr_session_user_id_idx" ON "ehr_session"("user_id");

-- CreateIndex
CREATE INDEX "ehr_session_ends_at_idx" ON "ehr_session"("ends_at");

-- AddForeignKey
ALTER TABLE "ehr_session" ADD CONSTRAINT "ehr_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
