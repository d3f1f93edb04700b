"""schema.prisma: the model that Prisma keeps beside the migrations."""
