# The server with what it needs and nothing else. scripts/container tries these steps without a container engine: it reads
# them from here, so that both are the same.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# Installs the packages, builds, and lays the sources, the build and the packages of production into a folder of its own.
RUN node scripts/run.mjs production-tree /tree

FROM node:24-bookworm-slim
# Everything under /app belongs to root: the server writes nothing but /data, where the folder of the embedded database is
# one that it makes itself, since it has it for itself alone.
WORKDIR /app
COPY --from=build /tree ./
RUN install -d -m 0700 -o 1000 -g 1000 /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data/embedded NEXT_TELEMETRY_DISABLED=1
USER 1000:1000
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 CMD ["node", "scripts/container/healthy.mjs"]
CMD ["node", "--disable-warning=ExperimentalWarning", "scripts/serve.ts", "--built"]
