DB.execute("DELETE FROM recipes")
