using System.Diagnostics;

namespace Toolkit.Cli.Tests;

/// <summary>A file system in memory that is soon full. Only root can make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int kilobytes)
    {
        Path = Directory.CreateTempSubdirectory("toolkit-disk-").FullName;
        if (!Mount(Path, kilobytes))
        {
            Directory.Delete(Path);
            throw new InvalidOperationException("mount failed");
        }
    }

    public string Path { get; }

    /// <summary>Why none can be made here; null where one can.</summary>
    public static string? UnavailableReason { get; } = Probe();

    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(Path);
    }

    private static string? Probe()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "needs Linux's tmpfs";
        }

        string path = Directory.CreateTempSubdirectory("toolkit-disk-").FullName;
        bool mounted = Mount(path, 64);
        if (mounted)
        {
            Run("umount", path);
        }

        Directory.Delete(path);
        return mounted ? null : "needs the right to mount a tmpfs";
    }

    private static bool Mount(string path, int kilobytes) => Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path);

    private static bool Run(string program, params string[] args)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
