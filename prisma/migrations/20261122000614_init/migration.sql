-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'clinician', 'patient');

-- CreateEnum
CREATE TYPE "client_type" AS ENUM ('public', 'secret', 'jwks_uri', 'jwks');

-- CreateEnum
CREATE TYPE "launch_needs" AS ENUM ('patient', 'encounter', 'none');

-- CreateTable
CREATE TABLE "secret" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "sandbox" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "file_digest" TEXT,
    "launch_lifetime" INTEGER NOT NULL DEFAULT 300,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sandbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "username" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_started_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("username")
);

-- CreateTable
CREATE TABLE "membership" (
    "sandbox_id" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "fhir_user" TEXT,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("sandbox_id","user_id")
);

-- CreateTable
CREATE TABLE "client" (
    "sandbox_id" INTEGER NOT NULL,
    "client_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "logo_uri" TEXT,
    "launch_uri" TEXT,
    "redirect_uris" TEXT[],
    "scope" TEXT NOT NULL,
    "type" "client_type" NOT NULL,
    "client_secret_hash" TEXT,
    "jwks_uri" TEXT,
    "jwks" JSONB,
    "require_pkce" BOOLEAN NOT NULL DEFAULT true,
    "needs" "launch_needs" NOT NULL DEFAULT 'patient',
    "trusted" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("sandbox_id","client_id")
);

-- CreateTable
CREATE TABLE "launch_context" (
    "launch_id" TEXT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "client_id" TEXT NOT NULL,
    "user_id" TEXT,
    "parameters" JSONB NOT NULL,
    "origin" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,
    "withdrawn_at" TIMESTAMPTZ,

    CONSTRAINT "launch_context_pkey" PRIMARY KEY ("launch_id")
);

-- CreateTable
CREATE TABLE "grant_context" (
    "grant_id" TEXT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "client_id" TEXT NOT NULL,
    "user_id" TEXT,
    "launch_id" TEXT,
    "context" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grant_context_pkey" PRIMARY KEY ("grant_id")
);

-- CreateTable
CREATE TABLE "oidc_payload" (
    "sandbox_id" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "grant_id" TEXT,
    "uid" TEXT,
    "consumed_at" TIMESTAMPTZ,
    "expires_at" TIMESTAMPTZ,

    CONSTRAINT "oidc_payload_pkey" PRIMARY KEY ("sandbox_id","model","id")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "sandbox_id" INTEGER NOT NULL,
    "kid" TEXT NOT NULL,
    "private_jwk" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("sandbox_id","kid")
);

-- CreateTable
CREATE TABLE "resource" (
    "key" BIGSERIAL NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version_id" INTEGER NOT NULL,
    "last_updated" TIMESTAMPTZ(3) NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "digest" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "patients" TEXT[],

    CONSTRAINT "resource_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "token_index" (
    "resource_key" BIGINT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "parameter" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "token_index_pkey" PRIMARY KEY ("resource_key","parameter","code","system")
);

-- CreateTable
CREATE TABLE "string_index" (
    "resource_key" BIGINT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "parameter" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "exact" TEXT NOT NULL,

    CONSTRAINT "string_index_pkey" PRIMARY KEY ("resource_key","parameter","value","exact")
);

-- CreateTable
CREATE TABLE "date_index" (
    "resource_key" BIGINT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "parameter" TEXT NOT NULL,
    "low" TIMESTAMPTZ(3) NOT NULL,
    "high" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "date_index_pkey" PRIMARY KEY ("resource_key","parameter","low","high")
);

-- CreateTable
CREATE TABLE "quantity_index" (
    "resource_key" BIGINT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "parameter" TEXT NOT NULL,
    "low" DECIMAL NOT NULL,
    "high" DECIMAL NOT NULL,
    "system" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "unit" TEXT NOT NULL,

    CONSTRAINT "quantity_index_pkey" PRIMARY KEY ("resource_key","parameter","low","high","code","unit","system")
);

-- CreateTable
CREATE TABLE "reference_index" (
    "resource_key" BIGINT NOT NULL,
    "sandbox_id" INTEGER NOT NULL,
    "resource_type" TEXT NOT NULL,
    "parameter" TEXT NOT NULL,
    "target_type" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,

    CONSTRAINT "reference_index_pkey" PRIMARY KEY ("resource_key","parameter","target_id","target_type")
);

-- CreateIndex
CREATE UNIQUE INDEX "sandbox_slug_key" ON "sandbox"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "user_username_key" ON "user"("username");

-- CreateIndex
CREATE INDEX "sign_in_attempt_window_started_at_idx" ON "sign_in_attempt"("window_started_at");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE INDEX "launch_context_sandbox_id_created_at_idx" ON "launch_context"("sandbox_id", "created_at");

-- CreateIndex
CREATE INDEX "grant_context_sandbox_id_user_id_idx" ON "grant_context"("sandbox_id", "user_id");

-- CreateIndex
CREATE INDEX "oidc_payload_sandbox_id_grant_id_idx" ON "oidc_payload"("sandbox_id", "grant_id");

-- CreateIndex
CREATE INDEX "oidc_payload_sandbox_id_uid_idx" ON "oidc_payload"("sandbox_id", "uid");

-- CreateIndex
CREATE INDEX "oidc_payload_expires_at_idx" ON "oidc_payload"("expires_at");

-- CreateIndex
CREATE INDEX "resource_sandbox_id_resource_type_key_idx" ON "resource"("sandbox_id", "resource_type", "key");

-- CreateIndex
CREATE INDEX "resource_sandbox_id_resource_type_last_updated_key_idx" ON "resource"("sandbox_id", "resource_type", "last_updated", "key");

-- CreateIndex
CREATE INDEX "resource_patients_idx" ON "resource" USING GIN ("patients");

-- CreateIndex
CREATE UNIQUE INDEX "resource_sandbox_id_resource_type_id_key" ON "resource"("sandbox_id", "resource_type", "id");

-- CreateIndex
CREATE INDEX "token_index_sandbox_id_resource_type_parameter_code_system__idx" ON "token_index"("sandbox_id", "resource_type", "parameter", "code", "system", "resource_key");

-- CreateIndex
CREATE INDEX "string_index_sandbox_id_resource_type_parameter_value_resou_idx" ON "string_index"("sandbox_id", "resource_type", "parameter", "value" text_pattern_ops, "resource_key");

-- CreateIndex
CREATE INDEX "date_index_sandbox_id_resource_type_parameter_low_high_reso_idx" ON "date_index"("sandbox_id", "resource_type", "parameter", "low", "high", "resource_key");

-- CreateIndex
CREATE INDEX "quantity_index_sandbox_id_resource_type_parameter_low_high__idx" ON "quantity_index"("sandbox_id", "resource_type", "parameter", "low", "high", "resource_key");

-- CreateIndex
CREATE INDEX "reference_index_sandbox_id_resource_type_parameter_target_i_idx" ON "reference_index"("sandbox_id", "resource_type", "parameter", "target_id", "target_type", "resource_key");

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client" ADD CONSTRAINT "client_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_context" ADD CONSTRAINT "launch_context_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_context" ADD CONSTRAINT "launch_context_sandbox_id_client_id_fkey" FOREIGN KEY ("sandbox_id", "client_id") REFERENCES "client"("sandbox_id", "client_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_context" ADD CONSTRAINT "launch_context_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant_context" ADD CONSTRAINT "grant_context_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oidc_payload" ADD CONSTRAINT "oidc_payload_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signing_key" ADD CONSTRAINT "signing_key_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resource" ADD CONSTRAINT "resource_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_index" ADD CONSTRAINT "token_index_resource_key_fkey" FOREIGN KEY ("resource_key") REFERENCES "resource"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "string_index" ADD CONSTRAINT "string_index_resource_key_fkey" FOREIGN KEY ("resource_key") REFERENCES "resource"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "date_index" ADD CONSTRAINT "date_index_resource_key_fkey" FOREIGN KEY ("resource_key") REFERENCES "resource"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quantity_index" ADD CONSTRAINT "quantity_index_resource_key_fkey" FOREIGN KEY ("resource_key") REFERENCES "resource"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reference_index" ADD CONSTRAINT "reference_index_resource_key_fkey" FOREIGN KEY ("resource_key") REFERENCES "resource"("key") ON DELETE CASCADE ON UPDATE CASCADE;
