using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Locking;
using IoTJobsToolkit.S3;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Portal;

/// <summary>The parts behind the engine's ports: the one place that names them.</summary>
internal static class Parts
{
    public static IJobsStore OpenStore(ServerSettings settings, TimeProvider clock)
    {
        try
        {
            return LiteDbJobsStore.Open(settings.DatabasePath, clock);
        }
        catch (DatabaseInUseException inUse)
        {
            throw new StartException(StartException.DatabaseInUse, inUse.Message, inUse);
        }
        catch (Exception unusable) when (unusable is DatabaseDamagedException or DatabaseFormatException)
        {
            throw new StartException(StartException.DatabaseUnusable, unusable.Message, unusable);
        }
    }

    /// <summary>The section <c>S3</c>: an object store, and the credentials of the roles that jobs may name.</summary>
    public static JobsServices Services(IConfiguration configuration, ServerSettings settings)
    {
        try
        {
            var given = configuration.GetSection("S3").Get<S3Settings>() ?? new();
            var s3 = new S3Settings
            {
                Endpoint = given.Endpoint,
                Region = configuration["S3:Region"] ?? settings.Engine.Region,
                AccessKeyId = given.AccessKeyId,
                SecretAccessKey = given.SecretAccessKey,
                UploadBucket = given.UploadBucket,
                Roles = given.Roles,
                Sts = given.Sts,
            };
            return new() { ObjectStore = new S3ObjectStore(s3), UploadBucket = s3.UploadBucket };
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new StartException(StartException.BadSetting, exception.Message, exception);
        }
    }
}
