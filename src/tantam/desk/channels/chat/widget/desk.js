// Asks the desk.
// ── The desk. A refusal is thrown as {status, message, wait}; status 0: nobody answered.
const call = async (what, body) => {
  const headers = token ? { Authorization: `Chat ${token}` } : {};
  if (body) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(AT + what, {
      method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), credentials: "omit",
      signal: window.AbortSignal?.timeout?.(PATIENCE),
    });
  } catch { throw { status: 0 }; }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  throw { status: answer.status, message: told.message, wait: Number(answer.headers.get("Retry-After")) };
};
const upload = each => new Promise((done, fail) => {
  const request = new XMLHttpRequest(), body = new FormData();
  body.append("client_id", each.client_id);
  body.append("file", each.file, each.file.name);
  request.open("POST", `${AT}file`);
  request.setRequestHeader("Authorization", `Chat ${token}`);
  request.upload.onprogress = event => { each.part = event.loaded / event.total; paint(); };
  request.onerror = request.onabort = () => fail({ status: 0 });
  request.onload = () => {
    let told = {};
    try { told = JSON.parse(request.responseText); } catch { /* no words of the desk's */ }
    if (request.status < 300) return done(told);
    return fail({ status: request.status, message: told.message, wait: Number(request.getResponseHeader("Retry-After")) });
  };
  request.send(body);
});
