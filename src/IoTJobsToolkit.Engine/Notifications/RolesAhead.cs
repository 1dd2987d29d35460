using System.Collections.Concurrent;

namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>Fetches the credentials of roles which a notice could not wait for, so that the next one has its URLs.</summary>
internal sealed class RolesAhead(JobsServices services)
{
    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.Ordinal);

    public void Prepare(string roleArn)
    {
        if (_underWay.TryAdd(roleArn, true))
        {
            _ = Task.Run(() => PrepareAsync(roleArn));
        }
    }

    private async Task PrepareAsync(string roleArn)
    {
        try
        {
            await services.ObjectStore.PrepareRoleAsync(roleArn, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            services.OnFault(exception);
        }
        finally
        {
            _underWay.TryRemove(roleArn, out _);
        }
    }
}
