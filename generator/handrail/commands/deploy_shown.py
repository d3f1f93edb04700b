"""How the answer on a deploy is shown."""

from handrail.commands.review_shown import Shown, show_review
from handrail.review.case import Decision


def show_deploy(decision: Decision, form: str, *, colour: bool = False) -> Shown:
    """Return the answer in a format: text, markdown and json are texts, github and sarif are findings."""
    if form == "json":
        from handrail.reporters.deploy_json import render_deploy_json

        return Shown(render_deploy_json(decision))
    return show_review(decision, form, colour=colour)
