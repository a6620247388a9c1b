# Assay on NVIDIA GPUs. Linted by CI, but neither built nor run there: it has no registry and no GPU.
#   docker build --file conf/docker/gpu.Dockerfile --tag assay:gpu .
FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN mvn -B -Prelease,gpu -Dmaven.test.skip=true -pl cli -am package \
  && mkdir /assay \
  && tar -xzf cli/target/assay-*.tar.gz -C /assay --strip-components 1

# The driver of the machine comes with the container toolkit; the libraries above it are here.
FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04
# Security fixes are wanted, so the runtime's version is not pinned.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends openjdk-17-jre-headless \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --create-home --home-dir /srv/assay assay
COPY --from=build /assay /opt/assay
ENV PATH=/opt/assay/bin:$PATH
USER 10001
WORKDIR /srv/assay
ENTRYPOINT ["/opt/assay/bin/assay"]
CMD ["--help"]
