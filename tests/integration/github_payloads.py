"""Answers and events of GitHub, whole, as it publishes their types (test_github_payloads.py).

Every function takes what a test is about and fills in the rest.
"""

from typing import Any

Json = dict[str, Any]

REPOSITORY = "octo-kitchen/meal-planner"
API = "https://api.github.com"
WEB = f"https://github.com/{REPOSITORY}"
HEAD, BASE = "a" * 40, "b" * 40
TIME = "2026-11-24T17:41:29Z"
BOT = "github-actions[bot]"

_OF_REPOSITORY = (
    *("archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare"),
    *("contents", "contributors", "deployments", "downloads", "events", "forks", "git_commits", "git_refs"),
    *(
        "git_tags",
        "hooks",
        "issue_comment",
        "issue_events",
        "issues",
        "keys",
        "labels",
        "languages",
        "merges",
    ),
    *("milestones", "notifications", "pulls", "releases", "stargazers", "statuses", "subscribers"),
    *("subscription", "tags", "teams", "trees"),
)
_OF_USER = (
    *("events", "followers", "following", "gists", "organizations", "received_events", "repos", "starred"),
    "subscriptions",
)
_OF_PULL_REQUEST = (
    "comments",
    "commits",
    "html",
    "issue",
    "review_comment",
    "review_comments",
    "self",
    "statuses",
)


def user(login: str = "ada") -> Json:
    """Return an account; [bot] at its end makes it a bot."""
    api = f"{API}/users/{login}"
    return {
        "login": login,
        "id": 583231,
        "node_id": "MDQ6VXNlcjU4MzIzMQ==",
        "avatar_url": "https://avatars.githubusercontent.com/u/583231?v=4",
        "gravatar_id": "",
        "url": api,
        "html_url": f"https://github.com/{login}",
        "type": "Bot" if login.endswith("[bot]") else "User",
        "site_admin": False,
    } | {f"{name}_url": f"{api}/{name}" for name in _OF_USER}


def repository() -> Json:
    """Return the repository, as answers and events have it."""
    api = f"{API}/repos/{REPOSITORY}"
    owner, name = REPOSITORY.split("/")
    counts = ("forks", "open_issues", "watchers", "forks_count", "open_issues_count", "stargazers_count")
    features = ("issues", "projects", "downloads", "wiki", "pages", "discussions")
    return (
        {
            "id": 1296269,
            "node_id": "MDEwOlJlcG9zaXRvcnkxMjk2MjY5",
            "name": name,
            "full_name": REPOSITORY,
            "owner": user(owner) | {"type": "Organization"},
            "private": False,
            "html_url": WEB,
            "description": None,
            "fork": False,
            "url": api,
            "git_url": f"git://github.com/{REPOSITORY}.git",
            "ssh_url": f"git@github.com:{REPOSITORY}.git",
            "clone_url": f"{WEB}.git",
            "svn_url": WEB,
            "homepage": None,
            "mirror_url": None,
            "language": "TypeScript",
            "size": 108,
            "watchers_count": 0,
            "license": None,
            "archived": False,
            "disabled": False,
            "is_template": False,
            "allow_forking": True,
            "web_commit_signoff_required": False,
            "topics": [],
            "visibility": "public",
            "custom_properties": {},
            "default_branch": "main",
            "created_at": TIME,
            "updated_at": TIME,
            "pushed_at": TIME,
        }
        | {f"{name}_url": f"{api}/{name}" for name in _OF_REPOSITORY}
        | dict.fromkeys(counts, 0)
        | {f"has_{name}": name == "issues" for name in features}
    )


def label(name: str) -> Json:
    """Return a label."""
    return {
        "id": 208045946,
        "node_id": "MDU6TGFiZWwyMDgwNDU5NDY=",
        "url": f"{API}/repos/{REPOSITORY}/labels/{name}",
        "name": name,
        "color": "d73a4a",
        "default": False,
        "description": None,
    }


def _side(ref: str, sha: str, login: str) -> Json:
    return {"label": f"{login}:{ref}", "ref": ref, "sha": sha, "user": user(login), "repo": repository()}


def simple_pull_request(number: int = 5, **changed: Any) -> Json:
    """Return a pull request as the event of a review has it."""
    api = f"{API}/repos/{REPOSITORY}"
    links = {name: {"href": f"{api}/pulls/{number}/{name}"} for name in _OF_PULL_REQUEST}
    return {
        "url": f"{api}/pulls/{number}",
        "id": 1,
        "node_id": "MDExOlB1bGxSZXF1ZXN0MQ==",
        "html_url": f"{WEB}/pull/{number}",
        "diff_url": f"{WEB}/pull/{number}.diff",
        "patch_url": f"{WEB}/pull/{number}.patch",
        "issue_url": f"{api}/issues/{number}",
        "commits_url": f"{api}/pulls/{number}/commits",
        "review_comments_url": f"{api}/pulls/{number}/comments",
        "review_comment_url": f"{api}/pulls/comments{{/number}}",
        "comments_url": f"{api}/issues/{number}/comments",
        "statuses_url": f"{api}/statuses/{HEAD}",
        "number": number,
        "state": "open",
        "locked": False,
        "title": "Drop the table of old recipes",
        "user": user("ada"),
        "body": "## Database Changes\r\n\r\n- [x] Schema changes included\r\n",
        "labels": [label("risk: HIGH")],
        "milestone": None,
        "active_lock_reason": None,
        "created_at": TIME,
        "updated_at": TIME,
        "closed_at": None,
        "merged_at": None,
        "merge_commit_sha": "c" * 40,
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [user("grace")],
        "requested_teams": [],
        "head": _side("drop-old-recipes", HEAD, "ada"),
        "base": _side("main", BASE, "octo-kitchen"),
        "_links": links,
        "author_association": "MEMBER",
        "auto_merge": None,
        "draft": False,
    } | changed


def pull_request(number: int = 5, **changed: Any) -> Json:
    """Return a pull request as REST and its own events have it."""
    whole = {
        "merged": False,
        "mergeable": None,
        "rebaseable": None,
        "mergeable_state": "unknown",
        "merged_by": None,
        "comments": 10,
        "review_comments": 0,
        "maintainer_can_modify": True,
        "commits": 3,
        "additions": 100,
        "deletions": 3,
        "changed_files": 5,
    }
    return simple_pull_request(number) | whole | changed


def review(login: str = "grace", state: str = "APPROVED", **changed: Any) -> Json:
    """Return a review as REST has it: its state in capitals."""
    api = f"{API}/repos/{REPOSITORY}/pulls/5"
    page = f"{WEB}/pull/5#pullrequestreview-80"
    return {
        "id": 80,
        "node_id": "MDE3OlB1bGxSZXF1ZXN0UmV2aWV3ODA=",
        "user": user(login),
        "body": "",
        "state": state,
        "html_url": page,
        "pull_request_url": api,
        "_links": {"html": {"href": page}, "pull_request": {"href": api}},
        "submitted_at": TIME,
        "commit_id": HEAD,
        "author_association": "COLLABORATOR",
    } | changed


def comment(number: int = 1, login: str = "ada", body: str | None = "Looks good", **changed: Any) -> Json:
    """Return a comment of pull request 5's conversation, with ``number`` as its id."""
    api = f"{API}/repos/{REPOSITORY}/issues"
    return {
        "id": number,
        "node_id": "MDEyOklzc3VlQ29tbWVudDE=",
        "url": f"{api}/comments/{number}",
        "html_url": f"{WEB}/pull/5#issuecomment-{number}",
        "issue_url": f"{api}/5",
        "body": body,
        "user": user(login),
        "created_at": TIME,
        "updated_at": TIME,
        "author_association": "COLLABORATOR",
        "performed_via_github_app": None,
    } | changed


def error(message: str, status: int) -> Json:
    """Return what GitHub answers instead."""
    return {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}


def pull_request_event(action: str = "synchronize", **changed: Any) -> Json:
    """Return the event of a push to a pull request, or of an edited body."""
    more: Json = {"before": "d" * 40, "after": HEAD} if action == "synchronize" else {"changes": {}}
    sides = {"number": 5, "pull_request": pull_request(5), "repository": repository()}
    return {"action": action, "sender": user("ada")} | sides | more | changed


def review_event(**changed: Any) -> Json:
    """Return the event of a review that was submitted."""
    return {
        "action": "submitted",
        "review": review("grace", "approved"),
        "pull_request": simple_pull_request(5),
        "repository": repository(),
        "sender": user("grace"),
    } | changed


def merge_group_event(branch: str = "main", **changed: Any) -> Json:
    """Return the event of a merge queue that wants its checks."""
    person = {"name": "Ada", "email": "ada@example.org"}
    group = {
        "head_sha": HEAD,
        "head_ref": f"refs/heads/gh-readonly-queue/{branch}/pr-5-{BASE}",
        "base_sha": BASE,
        "base_ref": f"refs/heads/{branch}",
        "head_commit": {
            "id": HEAD,
            "tree_id": "e" * 40,
            "message": "Merge pull request #5",
            "timestamp": TIME,
            "author": person,
            "committer": person,
        },
    }
    return {
        "action": "checks_requested",
        "merge_group": group | changed,
        "repository": repository(),
        "sender": user("github-merge-queue[bot]"),
    }


def push_event() -> Json:
    """Return the event of a push to main."""
    return {
        "ref": "refs/heads/main",
        "before": BASE,
        "after": HEAD,
        "created": False,
        "deleted": False,
        "forced": False,
        "base_ref": None,
        "compare": f"{WEB}/compare/{BASE}...{HEAD}",
        "commits": [],
        "head_commit": None,
        "repository": repository(),
        "pusher": {"name": "ada", "email": "ada@example.org"},
        "sender": user("ada"),
    }
