package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetaCommandTest {

    @Test
    void takesQuotesOffWords() {
        assertThat(MetaCommand.parse("echo 'it''s' \"a \"\"b\"\"\" plain"))
                .isEqualTo(new MetaCommand("echo", java.util.List.of("it's", "a \"b\"", "plain")));
    }

    @Test
    void findsTheDatabaseOfAConnectAsPgDumpWritesIt() {
        MetaCommand connect = MetaCommand.parse("connect -reuse-previous=on \"dbname='it\\'s a \\\\ db'\"");

        assertThat(connect.word(0)).isEqualTo("-reuse-previous=on");
        assertThat(MetaCommand.connectionParameter(connect.word(1), "dbname")).isEqualTo("it's a \\ db");
        assertThat(MetaCommand.connectionParameter("host=h dbname=plain", "dbname"))
                .isEqualTo("plain");
        assertThat(MetaCommand.connectionParameter("host=h", "dbname")).isEmpty();
    }
}
