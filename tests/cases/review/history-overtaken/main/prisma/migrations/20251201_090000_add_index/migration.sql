CREATE INDEX "drafts_text_idx" ON "drafts"("text");
