-- AlterTable
ALTER TABLE "client" ADD COLUMN     "frame_features" TEXT[] DEFAULT ARRAY[]::TEXT[];
