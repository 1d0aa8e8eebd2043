-- rewrites: open invitations
-- DropIndex
DROP INDEX "invitation_username_idx";

-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "user_id" TEXT;

-- CreateIndex
CREATE INDEX "invitation_user_id_idx" ON "invitation"("user_id");

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- An open invitation goes to the account that had the name when it was made. Who got the name later is somebody else.
UPDATE "invitation" AS i SET "user_id" = u."id" FROM "user" AS u
  WHERE u."username" = i."username" AND u."created_at" <= i."created_at";
