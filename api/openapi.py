"""The OpenAPI description, completed by the one shape of errors."""

from typing import Any

from fastapi import FastAPI

from api.errors import Problem


def describe(app: FastAPI) -> None:
    """Add the schema of problem details to the application's description, once it is asked for."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if not app.openapi_schema:
            described = generate()
            schemas = described["components"]["schemas"]
            schemas["Problem"] = Problem.model_json_schema()
            # The framework adds a shape of its own to every endpoint that does not name its errors.
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            for operation in (one for path in described["paths"].values() for one in path.values()):
                if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                    del operation["responses"]["422"]
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
