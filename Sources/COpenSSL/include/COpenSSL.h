#ifndef POLICYC_COPENSSL_H
#define POLICYC_COPENSSL_H

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/// The functions of libcrypto that policyc calls. None is linked: `copenssl_load` looks them up, and the compiler checks each call against
/// OpenSSL's own declaration.
#define COPENSSL_FUNCTIONS(each) \
  each(ASN1_STRING_get0_data) each(ASN1_STRING_length) each(ASN1_TIME_to_tm) \
  each(AUTHORITY_INFO_ACCESS_free) \
  each(BIO_ctrl) each(BIO_free) each(BIO_new) each(BIO_s_mem) each(BN_bin2bn) each(BN_free) \
  each(CRYPTO_free) each(CRYPTO_memdup) \
  each(ECDSA_SIG_free) each(ECDSA_SIG_new) each(ECDSA_SIG_set0) each(ERR_pop_to_mark) each(ERR_set_mark) \
  each(EVP_CIPHER_CTX_free) each(EVP_CIPHER_CTX_new) each(EVP_CIPHER_fetch) each(EVP_CIPHER_free) \
  each(EVP_Digest) each(EVP_EncryptInit_ex2) each(EVP_EncryptUpdate) each(EVP_MD_fetch) each(EVP_MD_get_size) \
  each(EVP_PKEY_CTX_free) each(EVP_PKEY_CTX_new_from_name) each(EVP_PKEY_CTX_new_from_pkey) \
  each(EVP_PKEY_CTX_set0_rsa_oaep_label) each(EVP_PKEY_CTX_set_group_name) each(EVP_PKEY_CTX_set_rsa_mgf1_md) \
  each(EVP_PKEY_CTX_set_rsa_oaep_md) each(EVP_PKEY_CTX_set_rsa_padding) \
  each(EVP_PKEY_CTX_set_rsa_pss_saltlen) each(EVP_PKEY_CTX_set_signature_md) \
  each(EVP_PKEY_derive) each(EVP_PKEY_derive_init) each(EVP_PKEY_derive_set_peer) \
  each(EVP_PKEY_encrypt) each(EVP_PKEY_encrypt_init) each(EVP_PKEY_free) each(EVP_PKEY_fromdata) \
  each(EVP_PKEY_fromdata_init) each(EVP_PKEY_generate) each(EVP_PKEY_get_base_id) each(EVP_PKEY_get_bits) \
  each(EVP_PKEY_get_group_name) each(EVP_PKEY_get_octet_string_param) each(EVP_PKEY_keygen_init) \
  each(EVP_PKEY_verify) each(EVP_PKEY_verify_init) each(EVP_Q_mac) \
  each(EXTENDED_KEY_USAGE_free) each(GENERAL_NAME_get0_value) \
  each(OBJ_obj2nid) each(OBJ_obj2txt) \
  each(OPENSSL_init_crypto) each(OPENSSL_sk_free) each(OPENSSL_sk_new_null) each(OPENSSL_sk_num) \
  each(OPENSSL_sk_push) each(OPENSSL_sk_value) \
  each(OSSL_LIB_CTX_new) each(OSSL_PARAM_BLD_free) each(OSSL_PARAM_BLD_new) each(OSSL_PARAM_BLD_push_BN) \
  each(OSSL_PARAM_BLD_push_octet_string) each(OSSL_PARAM_BLD_push_utf8_string) each(OSSL_PARAM_BLD_to_param) \
  each(OSSL_PARAM_free) each(OSSL_PROVIDER_load) \
  each(X509_EXTENSION_get_critical) each(X509_EXTENSION_get_object) each(X509_NAME_cmp) \
  each(X509_NAME_entry_count) each(X509_NAME_hash_ex) each(X509_NAME_print_ex) \
  each(X509_STORE_CTX_free) each(X509_STORE_CTX_get0_param) each(X509_STORE_CTX_get_error) \
  each(X509_STORE_CTX_get_error_depth) each(X509_STORE_CTX_init) each(X509_STORE_CTX_new_ex) \
  each(X509_STORE_add_cert) each(X509_STORE_free) each(X509_STORE_new) \
  each(X509_VERIFY_PARAM_set_depth) each(X509_VERIFY_PARAM_set_flags) \
  each(X509_free) each(X509_get0_authority_key_id) each(X509_get0_notAfter) each(X509_get0_notBefore) \
  each(X509_get0_pubkey) each(X509_get0_pubkey_bitstr) each(X509_get0_serialNumber) \
  each(X509_get0_subject_key_id) each(X509_get_ext) each(X509_get_ext_count) each(X509_get_ext_d2i) \
  each(X509_get_extension_flags) each(X509_get_issuer_name) each(X509_get_key_usage) \
  each(X509_get_signature_info) each(X509_get_subject_name) each(X509_get_version) each(X509_new_ex) \
  each(X509_verify) each(X509_verify_cert) each(X509_verify_cert_error_string) \
  each(d2i_X509) each(i2d_ECDSA_SIG)

/// The functions, found.
typedef struct copenssl {
#define COPENSSL_FIELD(name) __typeof__(&name) _Nonnull name;
  COPENSSL_FUNCTIONS(COPENSSL_FIELD)
#undef COPENSSL_FIELD
} copenssl;

/// Opens a library by its name and finds the functions; null when it or one of them is not there. Not to be called twice at once.
const copenssl *_Nullable copenssl_load(const char *_Nonnull name);

/// What of a key is given to `EVP_PKEY_fromdata`: its public part.
static const int copenssl_public_key = EVP_PKEY_PUBLIC_KEY;

/// The names of a key's parameters, which a builder of parameters (OSSL_PARAM_BLD) keeps the address of.
static inline const char *_Nonnull copenssl_modulus(void) { return OSSL_PKEY_PARAM_RSA_N; }
static inline const char *_Nonnull copenssl_exponent(void) { return OSSL_PKEY_PARAM_RSA_E; }
static inline const char *_Nonnull copenssl_group(void) { return OSSL_PKEY_PARAM_GROUP_NAME; }
static inline const char *_Nonnull copenssl_point(void) { return OSSL_PKEY_PARAM_PUB_KEY; }

/// How names are written: as RFC 2253 asks for, but for characters beyond ASCII, which stay what they are.
static const unsigned long copenssl_name_flags = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;

#endif
