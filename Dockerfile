# The App as an image: its bundle and PGlite's own files, run by nobody on a read-only root. `docker build -t yardstick .`
# test/app/image.test.ts does these steps without Docker, and runs what comes of them.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build:app

FROM node:24-slim
WORKDIR /app
COPY --from=build /build/app/dist ./
COPY --from=build /build/node_modules/@electric-sql/pglite ./node_modules/@electric-sql/pglite
# Modules of ES by the name of the file alone need to be told so.
RUN printf '{"type":"module"}' > package.json && mkdir /data && chown node:node /data \
 && printf '#!/bin/sh\nexec node /app/app.js "$@"\n' > /usr/local/bin/yardstick && chmod 755 /usr/local/bin/yardstick
ENV NODE_ENV=production DATA_FOLDER=/data PORT=3000
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=7s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then((answer)=>process.exit(answer.ok?0:1),()=>process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=8", "app.js"]
