# One image for every role: docker run onevisit --roles worker
FROM node:20.19.5-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production

# the compilers of the server and the screens are dependencies: what is stale is built at the start, here nothing is
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY engine engine
COPY processes processes
COPY api api
COPY admin-ui admin-ui
RUN npm run build && mkdir /data && chown node:node /data

USER node
VOLUME /data
ENV HOST=0.0.0.0 PORT=3000 ONEVISIT_DATA=/data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/live').then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
# not through npm: the node itself must hear SIGTERM
ENTRYPOINT ["node", "scripts/start.mjs"]
