using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Layout;
using IoTJobsToolkit.Portal.Components.Viewing;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>What the list of jobs shows, as the address says it: so that a view can be kept and passed on.</summary>
public sealed record JobsView
{
    public JobStatus? Status { get; init; }

    public string? Text { get; init; }

    public TargetSelection? Selection { get; init; }

    public bool Failures { get; init; }

    public JobsPeriod Created { get; init; }

    public JobsPeriod Ended { get; init; }

    public JobsOrder Order { get; init; } = new();

    /// <summary>Whether all jobs are shown.</summary>
    public bool IsEverything => this == new JobsView { Order = Order };

    /// <summary>Whether any change of a job may decide what is shown and where, not only its coming and going.</summary>
    public bool FollowsFigures => Failures || Text is not null || Order.By is not (JobsSort.Status or JobsSort.JobId or JobsSort.CreatedAt);

    /// <summary>Whether jobs leave the view as time goes by.</summary>
    public bool FollowsTime => Created != JobsPeriod.Any || Ended != JobsPeriod.Any;

    /// <summary>Each member of the address; null where nothing is asked.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => new Dictionary<string, object?>
    {
        ["status"] = Status?.ToString(),
        ["text"] = string.IsNullOrWhiteSpace(Text) ? null : Text,
        ["selection"] = Selection?.ToString(),
        ["failures"] = Failures ? "true" : null,
        ["created"] = Created == JobsPeriod.Any ? null : Created.ToString(),
        ["ended"] = Ended == JobsPeriod.Any ? null : Ended.ToString(),
        ["sort"] = Order == new JobsOrder() ? null : Order.By.ToString(),
        ["descending"] = Order.Descending ? "true" : null,
    };

    /// <summary>From <c>?</c> on; empty where all jobs are shown in the usual order.</summary>
    public string Query
    {
        get
        {
            var given = Parameters.Where(parameter => parameter.Value is not null)
                .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(Convert.ToString(parameter.Value, CultureInfo.InvariantCulture)!)}");
            return string.Join('&', given) is { Length: > 0 } query ? "?" + query : "";
        }
    }

    public string Address => PortalLinks.Jobs + Query;

    public JobsFilter Filter(DateTimeOffset now, Viewer viewer) => new()
    {
        Status = Status,
        Text = Text,
        TargetSelection = Selection,
        HasFailures = Failures,
        CreatedFrom = Created.From(now, viewer.Zone),
        EndedFrom = Ended.From(now, viewer.Zone),
    };

    /// <summary>The same view, sorted by a column: turned round where it is already, else as is most asked of such a column.</summary>
    public JobsView SortedBy(JobsSort column) => this with
    {
        Order = Order.By == column
            ? Order with { Descending = !Order.Descending }
            : new(column, column is not (JobsSort.Status or JobsSort.JobId)),
    };

    /// <summary>What does not make sense in an address is not asked.</summary>
    public static T? Parse<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
