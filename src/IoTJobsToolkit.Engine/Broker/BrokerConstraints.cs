using System.Text;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Broker;

/// <summary>What the store can bear of a broker: far beyond what AWS's allows its clients (jobs-reference 17).</summary>
internal static class BrokerConstraints
{
    private const int MaxClientId = 512;
    private const int MaxTopic = 512;
    private const int MaxBytes = 1 << 20;
    private const int MaxSubscriptions = 1_000;

    extension(Check check)
    {
        public void ClientId(string field, string? value) => check.Utf8(field, value, MaxClientId);

        public void Topic(string field, string? value) => check.Utf8(field, value, MaxTopic);

        public void Subscriptions(IReadOnlyList<BrokerSubscription> subscriptions)
        {
            check.Count("subscriptions", subscriptions, 0, MaxSubscriptions);
            foreach (var subscription in subscriptions)
            {
                check.Topic("filter", subscription.Filter);
                check.Range("qos", subscription.Qos, 0, 2);
                check.Range("retainHandling", subscription.RetainHandling, 0, 2);
            }
        }

        public void Message(BrokerMessage message)
        {
            check.Topic("topic", message.Topic);
            check.Range("qos", message.Qos, 0, 2);
            check.Range("bytes of payload and properties", message.Size, 0, MaxBytes);
        }

        /// <summary>What becomes part of a key: no zero, no half of a pair, no more bytes than fit.</summary>
        private void Utf8(string field, string? value, int maxBytes)
        {
            check.Required(field, value);
            check.Length(field, value, 1, maxBytes);
            var bytes = 0;
            for (var rest = value.AsSpan(); rest.Length > 0;)
            {
                if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || rune.Value == 0)
                {
                    throw Check.Failed(field, value, "Member must be text without zero characters");
                }
                bytes += rune.Utf8SequenceLength;
                rest = rest[length..];
            }
            if (bytes > maxBytes)
            {
                throw Check.Failed(field, value, $"Member must have length less than or equal to {maxBytes} in bytes of UTF-8");
            }
        }
    }

    extension(BrokerMessage message)
    {
        /// <summary>About as many bytes as it takes in the store.</summary>
        public long Size => message.Payload.Length + (message.CorrelationData?.Length ?? 0) +
            (long)(Bytes(message.ContentType) + Bytes(message.ResponseTopic)) +
            message.UserProperties.Sum(property => (long)Bytes(property.Key) + Bytes(property.Value));
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
