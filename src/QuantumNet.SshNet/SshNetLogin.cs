using System.Net;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace QuantumNet.SshNet;

/// <summary>The ways to log in, in the order of ssh: keys, then answers to questions, then the password.</summary>
internal sealed class SshNetLogin : IDisposable
{
    private static readonly string[] s_ownKeys = ["id_rsa", "id_ecdsa", "id_ed25519"];

    private readonly List<PrivateKeyFile> _keys = [];
    private readonly List<string> _remarks = [];
    private readonly string? _secret;
    private bool _isPassphrase;     // a secret that opens a key is nothing to show to a node
    private bool _hasAnswered;

    /// <summary>The ways to log in to a node.</summary>
    /// <param name="target">The node, and its key when the inventory names one.</param>
    /// <param name="credential">The password, or the key's passphrase; null for none.</param>
    /// <param name="home">The user's folder.</param>
    public SshNetLogin(SshNetTarget target, NetworkCredential? credential, string home)
    {
        _secret = credential?.Password is { Length: > 0 } given ? given : null;
        if (target.IdentityFile.Length > 0)
            Load(target.IdentityFile, isNamed: true);
        else
            LoadOwn(Path.Join(home, ".ssh"));
        Methods = [.. MethodsFor(target.User)];
    }

    /// <summary>For the connection.</summary>
    public AuthenticationMethod[] Methods { get; }

    /// <summary>Why something was not tried, or to no avail.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    public void Dispose()
    {
        foreach (AuthenticationMethod method in Methods)
            (method as IDisposable)?.Dispose();
        foreach (PrivateKeyFile key in _keys)
            key.Dispose();
    }

    private IEnumerable<AuthenticationMethod> MethodsFor(string user)
    {
        if (_keys.Count > 0)
            yield return new PrivateKeyAuthenticationMethod(user, [.. _keys.Select(key => new OfferedKey(key))]);
        if (_secret is not null && !_isPassphrase)
        {
            KeyboardInteractiveAuthenticationMethod asked = new(user);
            asked.AuthenticationPrompt += Answer;
            yield return asked;
            yield return new PasswordAuthenticationMethod(user, _secret);
        }
        else if (_keys.Count == 0)
        {
            yield return new NoneAuthenticationMethod(user);
        }
    }

    private void LoadOwn(string folder)
    {
        foreach (string name in s_ownKeys)
        {
            string file = Path.Join(folder, name);
            if (File.Exists(file))
                Load(file, isNamed: false);
        }
    }

    private void Load(string file, bool isNamed)
    {
        try
        {
            _keys.Add(Open(file, isNamed));
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            _remarks.Add($"the key '{file}' has a passphrase, and none was given");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _remarks.Add($"the key '{file}' cannot be read: {e.Message.TrimEnd('.')}");
        }
        catch (Exception e)
        {
            // What is no key, or opened by a wrong passphrase, makes SSH.NET's readers stumble in many ways.
            _remarks.Add(_secret is null ? $"the key '{file}' cannot be used: {e.Message.TrimEnd('.')}" : $"the key '{file}' does not open with the credential's password");
        }
    }

    private PrivateKeyFile Open(string file, bool isNamed)
    {
        try
        {
            return new PrivateKeyFile(file);
        }
        catch (SshPassPhraseNullOrEmptyException) when (_secret is not null)
        {
            _isPassphrase |= isNamed;
            PrivateKeyFile opened = new(file, _secret);
            _isPassphrase = true;
            _remarks.Add($"the credential's password opened the key '{file}', and was not shown to the node");
            return opened;
        }
    }

    /// <summary>Answers the question for a password, once, and no other question.</summary>
    private void Answer(object? sender, AuthenticationPromptEventArgs asked)
    {
        foreach (AuthenticationPrompt prompt in asked.Prompts)
        {
            bool isForPassword = !prompt.IsEchoed && prompt.Request.Contains("password", StringComparison.OrdinalIgnoreCase);
            prompt.Response = isForPassword && !_hasAnswered ? _secret! : "";
            if (!isForPassword)
                _remarks.Add($"the node asks '{prompt.Request.Trim()}', which is not answered");
            _hasAnswered |= isForPassword;
        }
    }

    /// <summary>A key with the signatures that ssh makes: each attempt counts for the node, and SHA-1 is refused by all but ancient ones.</summary>
    private sealed class OfferedKey(PrivateKeyFile key) : IPrivateKeySource
    {
        public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } =
            [.. key.HostKeyAlgorithms.Where(one => one.Name is not ("rsa-sha2-256" or "ssh-dss") && !(one.Name == "ssh-rsa" && key.HostKeyAlgorithms.Count > 1))];
    }
}
