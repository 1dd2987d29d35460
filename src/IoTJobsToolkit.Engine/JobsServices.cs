using System.Diagnostics.Metrics;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Simulations;

namespace IoTJobsToolkit.Engine;

/// <summary>What the engine uses of the world outside.</summary>
public sealed record JobsServices
{
    public static JobsServices None { get; } = new();

    /// <summary>Where documents are fetched from, and who signs the URLs in them.</summary>
    public IObjectStore ObjectStore { get; init; } = NoObjectStore.Instance;

    /// <summary>Who makes access keys, certificates and tokens.</summary>
    public ICredentialIssuer Credentials { get; init; } = NoCredentialIssuer.Instance;

    /// <summary>How passwords of accounts are kept.</summary>
    public IPasswords Passwords { get; init; } = NoPasswords.Instance;

    /// <summary>Who lets simulated devices act.</summary>
    public ISimulator Simulator { get; init; } = NoSimulator.Instance;

    /// <summary>Who wants to know what which thing has to do.</summary>
    public IThingAudience Audience { get; init; } = NoAudience.Instance;

    /// <summary>The clock by which the engine goes where that can be moved; null where it is the world's.</summary>
    internal VirtualClock? Clock { get; init; }

    /// <summary>Who brings notifications to their receivers.</summary>
    public INotificationSender Notifications { get; init; } = NoNotificationSender.Instance;

    /// <summary>The bucket for upload placeholders which name none.</summary>
    public string? UploadBucket { get; init; }

    /// <summary>Who makes instruments for the engine's figures; without one there are none.</summary>
    public IMeterFactory? Meters { get; init; }

    /// <summary>Told of faults that no caller is told of: background work that failed and will be tried again, progress that could not be reported.</summary>
    public Action<Exception> OnFault { get; init; } = static _ => { };
}
