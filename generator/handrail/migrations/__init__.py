"""SQL and Prisma text -> operations on a schema. Knows no policy and no level."""
