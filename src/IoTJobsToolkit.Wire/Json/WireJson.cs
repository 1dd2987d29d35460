using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Simulations;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>AWS's JSON in one of its dialects: operations and answers are the engine's records as they stand (http-api 4, 5).</summary>
public sealed class WireJson
{
    private readonly JsonSerializerOptions _options;
    private readonly JsonSerializerOptions _readable;

    private WireJson(Dialect dialect)
    {
        _options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowDuplicateProperties = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(ControlJson.Default, DataJson.Default, RegistryJson.Default, ToolkitJson.Default),
            Converters =
            {
                new EpochSecondsConverter(),
                new WordsConverter<JobStatus>(FinishedJob(dialect)),
                new WordsConverter<TargetSelection>(),
                new WordsConverter<JobExecutionStatus>(),
                new WordsConverter<JobExecutionFailureType>(),
                new WordsConverter<AbortAction>(),
                new WordsConverter<RetryableFailureType>(),
                new WordsConverter<JobEndBehavior>(),
                new WordsConverter<ThingGroupStatus>(),
                new WordsConverter<AccessRole>(),
                new WordsConverter<ThingCredentialKind>(),
                new WordsConverter<DisconnectReason>(),
                new WordsConverter<BlockageCause>(),
                new WordsConverter<DependencyScope>(),
                new WordsConverter<RolloutHold>(),
                new WordsConverter<SimulationTransport>(),
                new WordsConverter<ThingCredentialStatus>(),
                new WordsConverter<CallOrigin>(),
                new WordsConverter<ChangeOrigin>(InCapitals<ChangeOrigin>()),
                new WordsConverter<ActivitySubject>(),
                new WordsConverter<NotificationEvent>(),
                new WordsConverter<NotificationDeliveryStatus>(),
                new WordsConverter<RetentionOrigin>(),
            },
        };
        if (dialect == Dialect.Seed)
        {
            _options.Converters.Add(new SilentCancelConverter());
        }
        _options.MakeReadOnly();
        _readable = new(_options) { WriteIndented = true, NewLine = "\n" };
    }

    public static WireJson Aws { get; } = new(Dialect.Aws);

    public static WireJson Seed { get; } = new(Dialect.Seed);

    public static WireJson Of(Dialect dialect) => dialect == Dialect.Seed ? Seed : Aws;

    /// <summary>How a record of the engine looks on the wire.</summary>
    public JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));

    /// <summary>The same, laid out over lines for people.</summary>
    public JsonTypeInfo<T> Readable<T>() => (JsonTypeInfo<T>)_readable.GetTypeInfo(typeof(T));

    public JsonTypeInfo TypeOf(Type type) => _options.GetTypeInfo(type);

    private static (TEnum, string)[] InCapitals<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(value => (value, JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString())))];

    /// <summary>Both words are read in both dialects; the first is written (C-2).</summary>
    private static (JobStatus, string)[] FinishedJob(Dialect dialect) => dialect == Dialect.Seed
        ? [(JobStatus.COMPLETED, "SUCCEEDED")]
        : [(JobStatus.COMPLETED, "COMPLETED"), (JobStatus.COMPLETED, "SUCCEEDED")];
}
