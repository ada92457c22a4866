# docker build -t backstraight . && docker run -p 8000:8000 -v backstraight:/data backstraight
# The image runs with --read-only: it writes below /data only.

FROM python:3.13-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --only-binary :all: --require-hashes -r requirements-build.txt \
    && python -m venv /opt/backstraight \
    && /opt/backstraight/bin/pip install --only-binary :all: --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /src/dist \
    && /opt/backstraight/bin/pip install --no-deps --no-index /src/dist/*.whl \
    && /opt/backstraight/bin/python -m compileall -q /opt/backstraight/lib

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin backstraight \
    && install --directory --owner 10001 --group 10001 /data
COPY --from=build /opt/backstraight /opt/backstraight
ENV PATH=/opt/backstraight/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    BACKSTRAIGHT_DATA_DIR=/data TMPDIR=/data
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["backstraight"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
