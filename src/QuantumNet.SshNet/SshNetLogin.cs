using Renci.SshNet;
using Renci.SshNet.Common;

namespace QuantumNet.SshNet;

/// <summary>The ways to log in, in the order of ssh: keys, then answers to questions, then the password.</summary>
internal sealed class SshNetLogin : IDisposable
{
    private readonly SshNetKeys _keys;
    private readonly List<string> _remarks = [];
    private readonly string? _secret;
    private bool _hasAnswered;

    /// <summary>The ways to log in to a host.</summary>
    /// <param name="target">The host, and the keys that are named for it.</param>
    /// <param name="secret">The password, or the key's passphrase; null for none.</param>
    /// <param name="home">The user's folder.</param>
    /// <param name="stop">Breaks a login off that waits for the host.</param>
    public SshNetLogin(SshNetTarget target, string? secret, string home, CancellationToken stop)
    {
        _secret = secret is { Length: > 0 } ? secret : null;
        _keys = new(target, _secret, home, _remarks.Add);
        Methods = [.. MethodsFor(target.User).Select(method => new StoppableMethod(method, stop))];
    }

    /// <summary>For the connection.</summary>
    public AuthenticationMethod[] Methods { get; }

    /// <summary>Why something was not tried, or to no avail.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    public void Dispose()
    {
        foreach (AuthenticationMethod method in Methods)
            method.Dispose();
        _keys.Dispose();
    }

    private IEnumerable<AuthenticationMethod> MethodsFor(string user)
    {
        if (_keys.Offered.Count > 0)
            yield return new PrivateKeyAuthenticationMethod(user, [.. _keys.Offered]);
        if (_secret is not null && !_keys.IsPassphrase)
        {
            KeyboardInteractiveAuthenticationMethod asked = new(user);
            asked.AuthenticationPrompt += Answer;
            yield return asked;
            yield return new PasswordAuthenticationMethod(user, _secret);
        }
        else if (_keys.Offered.Count == 0)
        {
            yield return new NoneAuthenticationMethod(user);
        }
    }

    /// <summary>Answers the question for a password, once, and no other question.</summary>
    private void Answer(object? sender, AuthenticationPromptEventArgs asked)
    {
        foreach (AuthenticationPrompt prompt in asked.Prompts)
        {
            bool isForPassword = !prompt.IsEchoed
                && prompt.Request.Contains("password", StringComparison.OrdinalIgnoreCase);
            prompt.Response = isForPassword && !_hasAnswered ? _secret! : "";
            if (!isForPassword)
                _remarks.Add($"the node asks '{prompt.Request.Trim()}', which is not answered");
            _hasAnswered |= isForPassword;
        }
    }

    /// <summary>A method that ends when it is stopped: SSH.NET's own wait for the host alone.</summary>
    private sealed class StoppableMethod(AuthenticationMethod method, CancellationToken stop)
        : AuthenticationMethod(method.Username)
    {
        public override string Name => method.Name;

        public override AuthenticationResult Authenticate(Session session)
        {
            using CancellationTokenRegistration cut = stop.Register(() => SshNetSession.Cut(session));
            AuthenticationResult result = method.Authenticate(session);
            AllowedAuthentications = method.AllowedAuthentications;
            return result;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                method.Dispose();
            base.Dispose(disposing);
        }
    }
}
