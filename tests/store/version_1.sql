-- A database of version 1, as its first release made it. Never changed: it must open for ever.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE study (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,         -- as the user wrote it
    spec TEXT NOT NULL,         -- as it was understood
    saved TEXT NOT NULL
) STRICT;
INSERT INTO study VALUES(1,'alpha','{"retort": 1, "name": "alpha", "base": {}}','{"retort":1,"name":"alpha","title":"Fixed or adaptive alpha?","seeds":[1],"base":{},"variants":{}}','2024-07-27T16:21:10.125Z');
CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,    -- ULID
    study TEXT NOT NULL,
    variant TEXT NOT NULL,
    seed INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    study_number INTEGER REFERENCES study,
    task TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    spec TEXT NOT NULL,         -- materialised
    spec_hash TEXT NOT NULL,
    criterion TEXT NOT NULL,    -- what the best evaluation minimises
    steps INTEGER NOT NULL DEFAULT 0,
    total_steps INTEGER NOT NULL DEFAULT 0,
    tokens INTEGER NOT NULL DEFAULT 0,
    wall_seconds REAL NOT NULL DEFAULT 0,
    parameters INTEGER NOT NULL DEFAULT 0,
    active_parameters INTEGER NOT NULL DEFAULT 0,
    loss ANY,
    ce ANY,
    kd ANY,
    tokens_per_second ANY,
    best_step INTEGER,
    best_loss ANY,
    model_artifact TEXT NOT NULL DEFAULT '',
    pid INTEGER NOT NULL DEFAULT 0,
    process_started INTEGER NOT NULL DEFAULT 0,
    machine TEXT NOT NULL DEFAULT '',
    heartbeat INTEGER NOT NULL DEFAULT 0, -- milliseconds since 1970
    wish TEXT,                  -- go, pause or stop, until the process that trains has taken it
    deleted INTEGER NOT NULL DEFAULT 0,
    UNIQUE (study, variant, seed, attempt)
) STRICT;
INSERT INTO run VALUES(1,'01J3TV5A2D0000000000000000','alpha','fixed',3,1,1,'distill','done','','2024-07-27T16:21:10.125Z','{"retort":1,"task":"distill","seed":3,"data":{"corpus":"debian-small","domains":["en","fr","de","py"],"context":128,"tokenizer":{"kind":"sentencepiece-bpe","vocab":4000}},"teacher":{"artifact":"","path":"","domains":[],"model":{"layers":4,"width":192,"heads":4,"dropout":0.1,"tied":true},"optim":{"lr":0.001,"betas":[0.9,0.999],"eps":1e-08,"weight_decay":0.05,"warmup":0.05,"decay":"linear","clip":1.0,"batch":16,"accumulate":1,"tokens":1000000},"schedule":{"kind":"balanced","block":2},"seed":1},"model":{"layers":2,"width":96,"heads":4,"dropout":0.1,"tied":true},"distill":{"alpha":{"mode":"fixed","value":0.5},"divergence":"forward_kl","temperature":1.0,"scale_t2":false,"combine":"combined"},"schedule":{"kind":"balanced","block":2},"optim":{"lr":0.0005,"betas":[0.9,0.999],"eps":1e-08,"weight_decay":0.05,"warmup":0.05,"decay":"linear","clip":1.0,"batch":16,"accumulate":1,"tokens":500000},"run":{"precision":"auto","device":"auto","threads":0,"checkpoint_every":200,"eval_every":100,"eval_tokens":8192},"best":"macro"}','2266b11072a0b303ce41b3758483f702b4589cabff07c0e794db2e370a2117ab','macro',2,2,4096,1.0,1000,1000,3.0200000000000000177,4.5,NULL,NULL,2,3.0200000000000000177,'model-0123456789abcdef',4711,1,'another',1722097270125,NULL,0);
CREATE TABLE run_domain (       -- the newest evaluation of a run
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    domain TEXT NOT NULL,
    perplexity REAL,
    accuracy REAL,
    PRIMARY KEY (run, domain)
) STRICT, WITHOUT ROWID;
INSERT INTO run_domain VALUES(1,'en',20.499999999999999999,0.25);
CREATE TABLE session (          -- each start of a run, the first and those after a resume
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    time TEXT NOT NULL,
    resumed_from_step INTEGER NOT NULL,
    total_steps INTEGER NOT NULL,
    tokens_per_step INTEGER NOT NULL,
    parameters INTEGER NOT NULL,
    active_parameters INTEGER NOT NULL,
    device TEXT NOT NULL,
    precision TEXT NOT NULL,
    threads INTEGER NOT NULL,
    vector_level TEXT NOT NULL,
    blas TEXT NOT NULL,
    torch TEXT NOT NULL,
    inexact INTEGER NOT NULL
) STRICT;
INSERT INTO session VALUES(1,1,'2024-07-27T16:21:10.125Z',0,2,2048,1000,1000,'cpu','fp32',2,'avx2','openblas','1.13.0',0);
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    name TEXT NOT NULL,
    domain TEXT NOT NULL,
    expert TEXT NOT NULL,
    setting TEXT NOT NULL,
    split TEXT NOT NULL,
    UNIQUE (run, name, domain, expert, setting, split)
) STRICT;
INSERT INTO series VALUES(1,1,'ce','','','','train');
CREATE TABLE point (
    series INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
    step INTEGER NOT NULL,
    value REAL,
    PRIMARY KEY (series, step)
) STRICT, WITHOUT ROWID;
INSERT INTO point VALUES(1,1,8.25);
INSERT INTO point VALUES(1,2,4.5);
CREATE TABLE clock (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    wall_seconds REAL,
    PRIMARY KEY (run, step)
) STRICT, WITHOUT ROWID;
INSERT INTO clock VALUES(1,1,2048,0.5);
INSERT INTO clock VALUES(1,2,4096,1.0);
CREATE TABLE evaluation (       -- sums; ratios are made when they are read
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    domain TEXT NOT NULL,
    expert TEXT NOT NULL,
    setting TEXT NOT NULL,
    split TEXT NOT NULL,
    nll REAL,
    tokens INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    correct INTEGER NOT NULL,
    UNIQUE (run, step, domain, expert, setting, split)
) STRICT;
INSERT INTO evaluation VALUES(1,1,2,'en','','','valid',302.0,100,400,25);
CREATE TABLE matrix (           -- of a router's confusions, of forgetting
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    kind TEXT NOT NULL,
    step INTEGER NOT NULL,
    row_names TEXT NOT NULL,    -- JSON
    column_names TEXT NOT NULL,
    cells BLOB NOT NULL,        -- row by row, doubles, little endian
    PRIMARY KEY (run, kind, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE checkpoint (
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    step INTEGER NOT NULL,
    folder TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    best INTEGER NOT NULL,
    PRIMARY KEY (run, folder, step)
) STRICT, WITHOUT ROWID;
INSERT INTO checkpoint VALUES(1,2,'checkpoints/2',4096,1);
CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    time TEXT NOT NULL,
    level TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
INSERT INTO log VALUES(1,1,'2024-07-27T16:21:10.125Z','info','Training the tokenizer');
CREATE TABLE artifact (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    recipe TEXT NOT NULL,       -- JSON that the id is the hash of
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE queue (
    position INTEGER PRIMARY KEY,
    study TEXT NOT NULL,
    variant TEXT NOT NULL,
    seed INTEGER NOT NULL,
    spec TEXT NOT NULL
) STRICT;
INSERT INTO queue VALUES(1,'alpha','fixed',3,'{"retort":1,"task":"distill","seed":3,"data":{"corpus":"debian-small","domains":["en","fr","de","py"],"context":128,"tokenizer":{"kind":"sentencepiece-bpe","vocab":4000}},"teacher":{"artifact":"","path":"","domains":[],"model":{"layers":4,"width":192,"heads":4,"dropout":0.1,"tied":true},"optim":{"lr":0.001,"betas":[0.9,0.999],"eps":1e-08,"weight_decay":0.05,"warmup":0.05,"decay":"linear","clip":1.0,"batch":16,"accumulate":1,"tokens":1000000},"schedule":{"kind":"balanced","block":2},"seed":1},"model":{"layers":2,"width":96,"heads":4,"dropout":0.1,"tied":true},"distill":{"alpha":{"mode":"fixed","value":0.5},"divergence":"forward_kl","temperature":1.0,"scale_t2":false,"combine":"combined"},"schedule":{"kind":"balanced","block":2},"optim":{"lr":0.0005,"betas":[0.9,0.999],"eps":1e-08,"weight_decay":0.05,"warmup":0.05,"decay":"linear","clip":1.0,"batch":16,"accumulate":1,"tokens":500000},"run":{"precision":"auto","device":"auto","threads":0,"checkpoint_every":200,"eval_every":100,"eval_tokens":8192},"best":"macro"}');
CREATE INDEX study_by_name ON study (name, number);
CREATE INDEX run_wish ON run (number) WHERE wish IS NOT NULL;
CREATE INDEX session_of_run ON session (run);
CREATE INDEX log_of_run ON log (run);
COMMIT;
PRAGMA user_version = 1;
PRAGMA application_id = 1382380655;
