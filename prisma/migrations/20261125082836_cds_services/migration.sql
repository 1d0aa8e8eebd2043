-- CreateTable
CREATE TABLE "cds_service" (
    "id" TEXT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "discovery_url" TEXT NOT NULL,
    "service_id" TEXT NOT NULL,
    "hook" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "prefetch" JSONB NOT NULL DEFAULT '{}',
    "usage" TEXT NOT NULL DEFAULT '',
    "scope" TEXT NOT NULL DEFAULT '',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "last_call_at" TIMESTAMPTZ,
    "last_millis" INTEGER,
    "last_outcome" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cds_service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cds_card" (
    "id" TEXT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "service_key" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "encounter_id" TEXT,
    "hook" TEXT NOT NULL,
    "hook_instance" TEXT NOT NULL,
    "card" JSONB NOT NULL,
    "drafts" TEXT[],
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "outcome_at" TIMESTAMPTZ,

    CONSTRAINT "cds_card_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "cds_service_sandbox_id_discovery_url_service_id_hook_key" ON "cds_service"("sandbox_id", "discovery_url", "service_id", "hook");

-- CreateIndex
CREATE INDEX "cds_card_created_at_idx" ON "cds_card"("created_at");

-- CreateIndex
CREATE INDEX "cds_card_service_key_idx" ON "cds_card"("service_key");

-- AddForeignKey
ALTER TABLE "cds_service" ADD CONSTRAINT "cds_service_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cds_card" ADD CONSTRAINT "cds_card_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cds_card" ADD CONSTRAINT "cds_card_service_key_fkey" FOREIGN KEY ("service_key") REFERENCES "cds_service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cds_card" ADD CONSTRAINT "cds_card_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
