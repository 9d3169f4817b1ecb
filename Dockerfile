# docker build -t offprint . && docker run -p 8080:8080 -v offprint:/data offprint --demo

FROM swift:6.3.1-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libsqlite3-dev=3.40.1-2+deb12u2 \
      zlib1g-dev=1:1.2.13.dfsg-1 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Package.swift ./
COPY Sources ./Sources
# SwiftPM reads the whole manifest: it wants the folders of the tests, not what is in them.
COPY Tests ./Tests
RUN swift build --configuration release --static-swift-stdlib -Xswiftc -use-ld=lld \
      --product offprint \
 && install -D --strip .build/release/offprint /out/offprint

FROM debian:12.11-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libsqlite3-0=3.40.1-2+deb12u2 \
      libstdc++6=12.2.0-14+deb12u1 \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -m 0700 -o 10001 -g 10001 /data
COPY --from=build /out/offprint /usr/local/bin/offprint
COPY Public /usr/share/offprint/Public
COPY Config/offprint.conf /etc/offprint/offprint.conf
COPY Config/demo /usr/share/offprint/Config/demo
# A file that is mounted at the same place takes this one's; a read-only root is enough.
ENV OFFPRINT_CONFIG=/etc/offprint/offprint.conf \
    OFFPRINT_DATA=/data \
    OFFPRINT_LISTEN=0.0.0.0:8080
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --start-interval=1s \
  CMD ["/usr/local/bin/offprint", "health"]
ENTRYPOINT ["/usr/local/bin/offprint", "serve"]
