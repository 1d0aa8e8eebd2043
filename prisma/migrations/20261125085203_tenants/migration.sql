-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "proxy_for" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "sandbox" ADD COLUMN     "access_token_lifetime" INTEGER,
ADD COLUMN     "orchestrate_scope" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "refresh_token_lifetime" INTEGER,
ADD COLUMN     "seed" JSONB;

-- CreateTable
CREATE TABLE "sandbox_filling" (
    "sandbox_id" INTEGER NOT NULL,
    "empties" BOOLEAN NOT NULL,
    "written" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "now" TIMESTAMPTZ NOT NULL,
    "lease_until" TIMESTAMPTZ,
    "failure" TEXT,

    CONSTRAINT "sandbox_filling_pkey" PRIMARY KEY ("sandbox_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "sandbox_id" INTEGER NOT NULL,
    "username" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "fhir_user" TEXT,
    "proxy_for" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("sandbox_id","username")
);

-- CreateIndex
CREATE INDEX "invitation_username_idx" ON "invitation"("username");

-- CreateIndex

-- AddForeignKey
ALTER TABLE "sandbox_filling" ADD CONSTRAINT "sandbox_filling_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;
