import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The product's topology with a reader that does nothing: three stages, their state, messages of the product's number
 * and size (tests/integration/test_counts.py), exactly once. Arguments: BOOTSTRAP GROUP PREFIX STATE_DIR.
 */
public final class Shell {
  private static final int BLOCKS = 500;
  private static final int DAYS = 60;

  /** Bytes of a wanted length out of others. */
  private static byte[] sized(byte[] value, int length) {
    byte[] made = new byte[length];
    for (int at = 0; at < length; at += value.length) {
      System.arraycopy(value, 0, made, at, Math.min(value.length, length - at));
    }
    return made;
  }

  private abstract static class Stage implements Processor<String, byte[], String, byte[]> {
    ProcessorContext<String, byte[]> context;
    KeyValueStore<String, byte[]> rows;
    private final String store;

    Stage(String store) {
      this.store = store;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
      this.context = context;
      this.rows = context.getStateStore(store);
    }

    void send(Record<String, byte[]> cause, String key, byte[] value, String to) {
      context.forward(cause.withKey(key).withValue(value), to);
    }
  }

  private static final class Read extends Stage {
    Read() {
      super("read");
    }

    @Override
    public void process(Record<String, byte[]> bulletin) {
      rows.get(bulletin.key());
      rows.put(bulletin.key(), sized(bulletin.value(), 370));
      int hash = Arrays.hashCode(bulletin.value()) & 0x7fffffff;
      for (int each = 0; each < 2; each++) {
        send(bulletin, bulletin.key(), sized(bulletin.value(), 800), "to-items");
        send(bulletin, "block|" + (hash + each) % BLOCKS, sized(bulletin.value(), 2000), "to-reports");
      }
    }
  }

  private static final class Reconcile extends Stage {
    private final Map<String, Record<String, byte[]>> touched = new LinkedHashMap<>();

    Reconcile() {
      super("reconcile");
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
      super.init(context);
      context.schedule(Duration.ofMillis(10), PunctuationType.WALL_CLOCK_TIME, now -> {
        touched.forEach((day, cause) -> send(cause, day, sized(cause.value(), 1000), "to-partials"));
        touched.clear();
      });
    }

    @Override
    public void process(Record<String, byte[]> reports) {
      for (String row : new String[] {"telling|", "event|"}) {
        rows.get(row + reports.key());
        rows.put(row + reports.key(), sized(reports.value(), 3000));
      }
      send(reports, reports.key(), sized(reports.value(), 5000), "to-events");
      touched.put("day|" + (reports.key().hashCode() & 0x7fffffff) % DAYS, reports);
    }
  }

  private static final class Tally extends Stage {
    private final Map<String, Record<String, byte[]>> touched = new LinkedHashMap<>();

    Tally() {
      super("tally");
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
      super.init(context);
      context.schedule(Duration.ofMillis(30), PunctuationType.WALL_CLOCK_TIME, now -> {
        touched.forEach((day, cause) -> send(cause, day, sized(cause.value(), 1000), "to-days"));
        touched.clear();
      });
    }

    @Override
    public void process(Record<String, byte[]> partial) {
      rows.get(partial.key());
      rows.put(partial.key(), sized(partial.value(), 2500));
      touched.put(partial.key(), partial);
    }
  }

  private static void stage(
      Topology topology,
      String name,
      String input,
      ProcessorSupplier<String, byte[], String, byte[]> made) {
    topology.addSource("from-" + input, Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), input);
    topology.addProcessor(name, made, "from-" + input);
    topology.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withCachingDisabled(),
        name);
  }

  private static void sink(Topology topology, String name, String topic, String parent) {
    topology.addSink(name, topic, Serdes.String().serializer(), Serdes.ByteArray().serializer(), parent);
  }

  public static void main(String[] arguments) {
    String prefix = arguments[2];
    Properties settings = new Properties();
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments[1]);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments[3]);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 30);
    settings.put(StreamsConfig.producerPrefix("compression.type"), "zstd");
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    Topology topology = new Topology();
    stage(topology, "read", prefix + "bulletins", Read::new);
    sink(topology, "to-items", prefix + "bulletin-items", "read");
    sink(topology, "to-reports", prefix + "reports", "read");
    stage(topology, "reconcile", prefix + "reports", Reconcile::new);
    sink(topology, "to-events", prefix + "strikes", "reconcile");
    sink(topology, "to-partials", prefix + "partials", "reconcile");
    stage(topology, "tally", prefix + "partials", Tally::new);
    sink(topology, "to-days", prefix + "daily-figures", "tally");
    KafkaStreams streams = new KafkaStreams(topology, settings);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }
}
