namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>A database that could not be closed as it should; all that was answered is durable nevertheless.</summary>
internal sealed record CloseFailure(string DatabasePath, Exception Exception);
