#!/bin/sh
# One sprite from a running service, with files for Godot in the project's folder art/.
#   sh examples/curl/sprite.sh "blue potion"
set -eu
curl --silent --show-error --fail-with-body "${PIXELKILN_URL:-http://127.0.0.1:7878}/v1/sprites" \
  --header 'content-type: application/json' \
  --data "{\"prompt\": \"${1:-blue potion}\", \"upload_outputs\": true, \"output\": {\"dir\": \"art\", \"name\": \"sprite\", \"engine\": [\"godot\"]}}"
