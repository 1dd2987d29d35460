using System.Net;
using System.Threading.RateLimiting;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>Guessing takes years: ten attempts a minute from one address.</summary>
internal sealed class SignInAttempts : IDisposable
{
    public const string TooMany = "Too many attempts. Wait a minute, then try again.";

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));

    public bool MayTry(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
