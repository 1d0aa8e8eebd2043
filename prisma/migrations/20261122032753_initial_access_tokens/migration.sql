-- CreateTable
CREATE TABLE "initial_access_token" (
    "id" TEXT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "last_used_at" TIMESTAMPTZ,

    CONSTRAINT "initial_access_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "initial_access_token_sandbox_id_hash_key" ON "initial_access_token"("sandbox_id", "hash");

-- AddForeignKey
ALTER TABLE "initial_access_token" ADD CONSTRAINT "initial_access_token_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;
