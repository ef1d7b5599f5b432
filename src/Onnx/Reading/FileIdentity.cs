using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Toolkit.Onnx.Reading;

/// <summary>What Linux says of a file that .NET does not: its kind, its number of names, and which one it is.</summary>
/// <param name="IsRegular">Whether it is a file and no link, folder, device or pipe.</param>
/// <param name="Links">Its names.</param>
/// <param name="Device">The device that holds it.</param>
/// <param name="Number">Its number there.</param>
internal readonly record struct FileIdentity(bool IsRegular, uint Links, ulong Device, ulong Number)
{
    // statx(2): the layout is the same on every processor.
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const int DoNotFollow = 0x100;
    private const uint BasicFields = 0x7FF;
    private const int StructureBytes = 256;
    private const int LinksAt = 16;
    private const int ModeAt = 28;
    private const int NumberAt = 32;
    private const int DeviceAt = 136;
    private const int KindMask = 0xF000;
    private const int RegularKind = 0x8000;

    /// <summary>The file of a path, a link itself and not what it leads to; null where the system does not tell.</summary>
    public static FileIdentity? Of(string path) => Of(CurrentFolder, [.. Encoding.UTF8.GetBytes(path), 0], DoNotFollow);

    /// <summary>The file of a handle; null where the system does not tell.</summary>
    public static FileIdentity? Of(SafeFileHandle handle)
    {
        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return Of((int)handle.DangerousGetHandle(), [0], EmptyPath);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    private static FileIdentity? Of(int folder, byte[] path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var result = new byte[StructureBytes];
        try
        {
            if (Status(folder, path, flags, BasicFields, result) != 0)
            {
                return null;
            }
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }

        ReadOnlySpan<byte> fields = result;
        return new FileIdentity(
            (MemoryMarshal.Read<ushort>(fields[ModeAt..]) & KindMask) == RegularKind,
            MemoryMarshal.Read<uint>(fields[LinksAt..]),
            MemoryMarshal.Read<ulong>(fields[DeviceAt..]),
            MemoryMarshal.Read<ulong>(fields[NumberAt..]));
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int folder, byte[] path, int flags, uint mask, byte[] result);
}
