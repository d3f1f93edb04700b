ALTER TABLE "recipes" ADD COLUMN "::error::@octocat <b>x</b> ##[error] `|" TEXT;
-- ::set-output name=a::b
SELECT load_extension('##[error] @octocat <img src=x>
::error::x');
