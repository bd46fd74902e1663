package ponies

import (
	"database/sql"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"github.com/lib/pq"
)

var number int64

// database makes a database of the test's own, as the migrations leave it.
func database(t *testing.T) *sql.DB {
	t.Helper()
	template := os.Getenv("PADDOCK_TEMPLATE")
	if template == "" {
		t.Fatal("run me with: paddock run --template migrations -- go test ./...")
	}
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), atomic.AddInt64(&number, 1))
	server := open(t, os.Getenv("PGDATABASE"))
	quoted := pq.QuoteIdentifier(name)
	run(t, server, "CREATE DATABASE "+quoted+" TEMPLATE "+pq.QuoteIdentifier(template)+" STRATEGY FILE_COPY")
	t.Cleanup(func() { run(t, server, "DROP DATABASE "+quoted+" WITH (FORCE)") })
	return open(t, name)
}

// open connects with PGHOST, PGPORT, PGUSER, PGPASSWORD and PGSSLMODE, which lib/pq reads by itself.
func open(t *testing.T, name string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", "dbname="+name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func run(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
