-- AlterTable
ALTER TABLE "client" ADD COLUMN     "launch_defaults" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "launch_scenario" (
    "sandbox_id" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "client_id" TEXT NOT NULL,
    "user_id" TEXT,
    "parameters" JSONB NOT NULL,
    "embed" TEXT NOT NULL DEFAULT 'tab',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "launch_scenario_pkey" PRIMARY KEY ("sandbox_id","id")
);

-- AddForeignKey
ALTER TABLE "launch_scenario" ADD CONSTRAINT "launch_scenario_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_scenario" ADD CONSTRAINT "launch_scenario_sandbox_id_client_id_fkey" FOREIGN KEY ("sandbox_id", "client_id") REFERENCES "client"("sandbox_id", "client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_scenario" ADD CONSTRAINT "launch_scenario_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
