-- CreateTable
CREATE TABLE "index_state" (
    "sandbox_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "cursor" BIGINT NOT NULL,
    "until" BIGINT NOT NULL,

    CONSTRAINT "index_state_pkey" PRIMARY KEY ("sandbox_id")
);

-- AddForeignKey
ALTER TABLE "index_state" ADD CONSTRAINT "index_state_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;
