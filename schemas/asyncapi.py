"""The AsyncAPI 3.0 document of the public topics: keys, CloudEvents headers, messages, what each topic keeps."""

from typing import Any

from schemas.channels import CHANNELS, MESSAGES, VERSION, Channel, Message

PARTITIONS = 6
KAFKA_BINDING = "0.5.0"
SCHEMA_FORMAT = "application/schema+json;version=2020-12"

_TEXT = {"type": "string"}
CLOUD_EVENTS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0, Kafka binding, binary mode. Header values are UTF-8 text.",
    "properties": {
        "ce_specversion": {"const": "1.0"},
        "ce_id": {**_TEXT, "minLength": 1, "description": "deterministic: a repeat has the id of the first"},
        "ce_source": {"const": "/bulletin-streams"},
        "ce_type": {**_TEXT, "pattern": r"^bulletin-streams\.[a-z-]+\.v[0-9]+$"},
        "ce_time": {**_TEXT, "format": "date-time", "description": "the time of its cause, so that a repeat equals it"},
        "ce_subject": {**_TEXT, "description": "the message's key"},
        "content-type": {"const": "application/json"},
        "ce_correlationid": {**_TEXT, "description": "the bulletin; bulletins themselves have none"},
        "ce_causationid": {**_TEXT, "pattern": r"^[^/]+/[0-9]+/[0-9]+$", "description": "TOPIC/PARTITION/OFFSET"},
    },
    "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "content-type"],
}
ERRORS: dict[str, Any] = {
    "type": "object",
    "description": "The headers as received, and these. A repeat is known by topic, partition and offset.",
    "properties": {
        "error.stage": {"enum": ["read", "reconcile", "tally"]},
        "error.class": _TEXT,
        "error.message": {**_TEXT, "maxLength": 2000},
        "error.topic": _TEXT,
        "error.partition": {**_TEXT, "pattern": "^[0-9]+$"},
        "error.offset": {**_TEXT, "pattern": "^[0-9]+$"},
        "error.at": {**_TEXT, "format": "date-time"},
        "error.version": {**_TEXT, "description": "name and version of what tried to read it"},
    },
    "required": [
        f"error.{name}" for name in ("stage", "class", "message", "topic", "partition", "offset", "at", "version")
    ],
}


def asyncapi() -> dict[str, Any]:
    """The whole document; payloads refer to the schemas beside it."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:bulletin-streams",
        "info": {
            "title": "Bulletin Streams",
            "version": f"{VERSION}.0.0",
            "description": "War bulletins in French prose as strike, military-personnel and diplomacy events and "
            "daily figures. An installation's prefix, by default none, stands in front of every topic. Keys are "
            "placed by murmur2. Read with isolation level read_committed.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {channel.topic: _channel(channel) for channel in CHANNELS},
        "operations": {
            f"{'receive' if channel.receives else 'send'}-{channel.topic}": {
                "action": "receive" if channel.receives else "send",
                "channel": {"$ref": f"#/channels/{channel.topic}"},
            }
            for channel in CHANNELS
        },
        "components": {
            "messages": {
                **{message.name: _message(message) for message in MESSAGES if message.public},
                "dead-letter": _dead_letter(),
            },
            "schemas": {"cloud-events-headers": CLOUD_EVENTS, "error-headers": ERRORS},
        },
    }


def _channel(channel: Channel) -> dict[str, Any]:
    name = channel.message if channel.message is not None else "dead-letter"
    config = {key: [value] if key == "cleanup.policy" else value for key, value in channel.config.items()}
    return {
        "address": channel.topic,
        "description": channel.description,
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {
            "kafka": {
                "partitions": PARTITIONS,
                "topicConfiguration": {key: value for key, value in config.items() if key != "min.compaction.lag.ms"},
                "bindingVersion": KAFKA_BINDING,
                **_beyond_the_binding(config),
            }
        },
    }


def _beyond_the_binding(config: dict[str, Any]) -> dict[str, Any]:
    """The topic settings that the binding has no name for, as an extension."""
    lag_ms = config.get("min.compaction.lag.ms")
    return {} if lag_ms is None else {"x-min-compaction-lag-ms": lag_ms}


def _message(message: Message) -> dict[str, Any]:
    return {
        "name": message.event_type,
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/cloud-events-headers"},
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "payload": {"schemaFormat": SCHEMA_FORMAT, "schema": {"$ref": f"./json/{message.name}.schema.json"}},
        "bindings": {"kafka": {"key": {**_TEXT, "description": message.key}, "bindingVersion": KAFKA_BINDING}},
    }


def _dead_letter() -> dict[str, Any]:
    return {
        "name": "dead-letter",
        "contentType": "application/octet-stream",
        "headers": {"$ref": "#/components/schemas/error-headers"},
        "payload": {"schemaFormat": SCHEMA_FORMAT, "schema": {"description": "the bytes as they were received"}},
        "bindings": {"kafka": {"key": {"description": "as received"}, "bindingVersion": KAFKA_BINDING}},
    }
