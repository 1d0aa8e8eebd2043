-- CreateIndex
CREATE INDEX "resource_sandbox_id_last_updated_resource_type_id_idx" ON "resource"("sandbox_id", "last_updated", "resource_type", "id");

-- Which parameters a type has, and how common a code is under one of them: taken by itself each column says little, and
-- the planner would expect one row where there are thousands.
CREATE STATISTICS "token_index_values" (mcv) ON "sandbox_id", "resource_type", "parameter", "code" FROM "token_index";
CREATE STATISTICS "string_index_parameters" (mcv) ON "sandbox_id", "resource_type", "parameter" FROM "string_index";
CREATE STATISTICS "date_index_parameters" (mcv) ON "sandbox_id", "resource_type", "parameter" FROM "date_index";
CREATE STATISTICS "quantity_index_parameters" (mcv) ON "sandbox_id", "resource_type", "parameter" FROM "quantity_index";
CREATE STATISTICS "reference_index_parameters" (mcv) ON "sandbox_id", "resource_type", "parameter" FROM "reference_index";
