-- CreateTable
CREATE TABLE "launch_scenario" (
    "sandbox_id" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "client_id" TEXT NOT NULL,
    "username" TEXT,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "embed" TEXT NOT NULL DEFAULT 'tab',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "launch_scenario_pkey" PRIMARY KEY ("sandbox_id","id")
);

-- CreateIndex
CREATE INDEX "launch_scenario_sandbox_id_client_id_idx" ON "launch_scenario"("sandbox_id", "client_id");

-- AddForeignKey
ALTER TABLE "launch_scenario" ADD CONSTRAINT "launch_scenario_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_scenario" ADD CONSTRAINT "launch_scenario_sandbox_id_client_id_fkey" FOREIGN KEY ("sandbox_id", "client_id") REFERENCES "client"("sandbox_id", "client_id") ON DELETE CASCADE ON UPDATE CASCADE;
