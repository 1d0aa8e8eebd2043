-- CreateTable
CREATE TABLE "resource_version" (
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" INTEGER NOT NULL,
    "last_updated" TIMESTAMPTZ(3) NOT NULL,
    "deleted" BOOLEAN NOT NULL,
    "content" TEXT NOT NULL,
    "patients" TEXT[],

    CONSTRAINT "resource_version_pkey" PRIMARY KEY ("sandbox_id","resource_type","id","version_id")
);

-- CreateIndex
CREATE INDEX "resource_version_sandbox_id_last_updated_idx" ON "resource_version"("sandbox_id", "last_updated");

-- CreateIndex
CREATE INDEX "resource_version_sandbox_id_resource_type_last_updated_idx" ON "resource_version"("sandbox_id", "resource_type", "last_updated");

-- AddForeignKey
ALTER TABLE "resource_version" ADD CONSTRAINT "resource_version_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;
