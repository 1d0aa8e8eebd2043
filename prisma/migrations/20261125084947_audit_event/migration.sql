-- CreateTable
CREATE TABLE "audit_event" (
    "sandbox_id" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "recorded" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "interaction" TEXT NOT NULL,
    "outcome" SMALLINT NOT NULL,
    "status" SMALLINT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "client_id" TEXT,
    "username" TEXT,
    "fhir_user" TEXT,
    "grant_id" TEXT,
    "request_id" TEXT,
    "patients" TEXT[],
    "patients_all" INTEGER NOT NULL,
    "entities" TEXT[],
    "entities_all" INTEGER NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("sandbox_id","id")
);

-- CreateIndex
CREATE INDEX "audit_event_sandbox_id_recorded_id_idx" ON "audit_event"("sandbox_id", "recorded" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_patients_idx" ON "audit_event" USING GIN ("patients");

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;
