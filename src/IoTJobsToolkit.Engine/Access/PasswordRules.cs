using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Access;

/// <summary>What names and passwords of accounts may be. No refusal repeats a password.</summary>
internal static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    extension(Check check)
    {
        public void AccountName(string? name)
        {
            check.Required("accountName", name);
            check.Text("accountName", name, 1, 64, TextPattern.AccountName);
            if (name is "." or "..")
            {
                throw Check.Failed("accountName", name, "Member must be a name"); // In a path it would lead elsewhere.
            }
        }

        /// <summary>A password that an account is to have from now on.</summary>
        public void NewPassword(string field, string? password, string accountName)
        {
            check.Required(field, password);
            if (password!.Length is < MinLength or > MaxLength)
            {
                throw JobsException.InvalidRequest(
                    $"The {Words(field)} has {password.Length} characters; it must have {MinLength} to {MaxLength}. Several words that do not belong together are easy to remember.");
            }
            if (string.Equals(password, accountName, StringComparison.OrdinalIgnoreCase))
            {
                throw JobsException.InvalidRequest($"The {Words(field)} must not be the account's name. Choose another.");
            }
        }
    }

    private static string Words(string field) => field == "password" ? field : "new password";
}
