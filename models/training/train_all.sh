#!/bin/sh
# Prepared set -> autoencoder -> generator, in one go. WORK holds every checkpoint; run again to resume.
# PROFILE chooses the settings of config.json; without it, gpu where CUDA is found, else cpu.
#   sh train_all.sh "DATA [DATA ...]" WORK [generator minutes]
set -eu
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
[ -f "$2/prepared.pt" ] || "$python" prepare.py --data $1 --work "$2"
[ -f "$2/latents.pt" ] || "$python" train_autoencoder.py --work "$2" ${PROFILE:+--profile "$PROFILE"}
"$python" train_generator.py --work "$2" ${3:+--minutes "$3"} ${PROFILE:+--profile "$PROFILE"}
