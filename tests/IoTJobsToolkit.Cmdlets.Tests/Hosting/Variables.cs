namespace IoTJobsToolkit.Cmdlets.Tests.Hosting;

/// <summary>The variables which say where jobs are and with which keys: none but those of the test, until it ends.</summary>
internal sealed class Variables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public Variables()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("IOTJOBS_", StringComparison.Ordinal))
            {
                Set(name, null);
            }
        }
    }

    public Variables Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
        return this;
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
