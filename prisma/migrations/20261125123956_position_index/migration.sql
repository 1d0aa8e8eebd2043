-- CreateTable
CREATE TABLE "position_index" (
    "resource_key" BIGINT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "parameter" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "position_index_pkey" PRIMARY KEY ("resource_key","parameter","latitude","longitude")
);

-- CreateIndex
CREATE INDEX "position_index_sandbox_id_resource_type_parameter_latitude__idx" ON "position_index"("sandbox_id", "resource_type", "parameter", "latitude", "longitude", "resource_key");

-- AddForeignKey
ALTER TABLE "position_index" ADD CONSTRAINT "position_index_resource_key_fkey" FOREIGN KEY ("resource_key") REFERENCES "resource"("key") ON DELETE CASCADE ON UPDATE CASCADE;
